// Builds static/build/ from assets/: `npm run build`, or `npm run watch` while working.
import { copyFileSync, mkdirSync, statSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle, transform } from "esbuild";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "static", "build");
const modules = join(root, "node_modules");

async function styles(name) {
  const { css } = sass.compile(join(root, "assets", "styles", `${name}.scss`), {
    loadPaths: [join(modules, "bootstrap-italia", "src", "scss")],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  const { code } = await transform(css, { loader: "css", minify: true, target: ["chrome100", "firefox102", "safari15.4"] });
  writeFileSync(join(out, `${name}.css`), code);
}

function fonts() {
  mkdirSync(join(out, "fonts"), { recursive: true });
  for (const subset of ["latin", "latin-ext"]) {
    for (const weight of [400, 600, 700]) {
      copyFileSync(
        join(modules, "@fontsource", "titillium-web", "files", `titillium-web-${subset}-${weight}-normal.woff2`),
        join(out, "fonts", `titillium-${subset}-${weight}.woff2`),
      );
    }
  }
}

async function build() {
  mkdirSync(out, { recursive: true });
  fonts();
  await styles("app");
  for (const name of ["app.js", "sw.js"]) {
    await bundle({
      entryPoints: [join(root, "assets", "scripts", name)],
      outfile: join(out, name),
      bundle: true,
      minify: true,
      format: "iife",
      target: "es2020",
      legalComments: "none",
    });
  }
  for (const name of ["app.css", "app.js", "sw.js"]) {
    console.log(`static/build/${name}  ${(statSync(join(out, name)).size / 1024).toFixed(1)} KB`);
  }
}

await build();
if (process.argv.includes("--watch")) {
  let timer;
  watch(join(root, "assets"), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => build().catch((error) => console.error(error.message)), 100);
  });
}
