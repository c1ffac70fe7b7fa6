/** Builds the single-file verifier: one page with its program in it, which no policy lets onto a network. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const PAGE = `${import.meta.dirname}/src/verifier/page.html`;

/** Puts the one chunk into the page, with a policy that allows this very script and nothing else. */
function singleFile(): Plugin {
  return {
    name: "openjmc-single-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
      if (chunks.length !== 1) throw new Error(`the verifier came out as ${chunks.length} chunks`);
      const script = chunks[0]!.code.replaceAll("</script", "<\\/script");
      const hash = createHash("sha256").update(script).digest("base64");
      const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
      const source = readFileSync(PAGE, "utf8")
        .replace("%POLICY%", () => policy)
        .replace("%SCRIPT%", () => script);
      for (const name of Object.keys(bundle)) delete bundle[name];
      this.emitFile({ type: "asset", fileName: "verify.html", source });
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  logLevel: "warn",
  publicDir: false,
  plugins: [singleFile()],
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2023",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: `${import.meta.dirname}/src/verifier/main.ts`,
      output: { codeSplitting: false, format: "es", entryFileNames: "verifier.js" },
    },
  },
});
