import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { basemapPlugin } from "./src/basemap/plugin.ts";
import { parcelOf, sendAlong } from "./src/offline/parcels.ts";
import { precompressPlugin } from "./src/offline/precompress.ts";

/** In the order in which they are wanted. */
const PARCELS = [
  { name: "program", roots: ["apps/console/src/main.tsx"] },
  { name: "rooms", roots: ["apps/console/src/app/shell.tsx", "apps/console/src/rooms/common/common-room.tsx"] },
] as const;

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  // Hundreds of basemap boxes are no news to whoever installs.
  logLevel: "warn",
  plugins: [react(), basemapPlugin(), sendAlong("program", "rolldown-runtime"), precompressPlugin()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rollupOptions: {
      // How long our own plugins take is no news either.
      checks: { bundlerTimings: false },
      input: {
        main: `${import.meta.dirname}/index.html`,
        "service-worker": `${import.meta.dirname}/src/offline/service-worker.ts`,
      },
      output: {
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: parcelOf(PARCELS) }] },
        // The worker's address must stay the same, or an old one could never be replaced.
        entryFileNames: (chunk) => (chunk.name === "service-worker" ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
  },
  worker: { format: "es" },
});
