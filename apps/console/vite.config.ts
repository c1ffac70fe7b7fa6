import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { basemapPlugin } from "./src/basemap/plugin.ts";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  // Hundreds of basemap boxes are no news to whoever installs.
  logLevel: "warn",
  plugins: [react(), basemapPlugin()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
  },
  worker: { format: "es" },
});
