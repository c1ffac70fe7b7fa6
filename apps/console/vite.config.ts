import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { basemapPlugin } from "./src/basemap/plugin.ts";
import { precompressPlugin } from "./src/offline/precompress.ts";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  // Hundreds of basemap boxes are no news to whoever installs.
  logLevel: "warn",
  plugins: [react(), basemapPlugin(), precompressPlugin()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
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
        // The worker's address must stay the same, or an old one could never be replaced.
        entryFileNames: (chunk) => (chunk.name === "service-worker" ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
  },
  worker: { format: "es" },
});
