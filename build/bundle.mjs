// Bundles the shipped files into dist/ and, with --tests, the test suites into dist-test/.
// The web bundles are built for the browser platform: a Node import that reaches one fails the build,
// and so does code of an npm package in a shipped file that THIRD_PARTY_NOTICES.md does not name.
import { readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { build, context } from "esbuild";
import { noticeComplaints } from "./notices.mjs";

const args = new Set(process.argv.slice(2));
const release = args.has("--release");

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: path.resolve(import.meta.dirname, ".."),
  bundle: true,
  logLevel: "warning",
  minify: release,
  sourcemap: release ? false : "linked",
  legalComments: "none",
  metafile: true,
};
/** @type {import("esbuild").BuildOptions} */
const node = { ...common, platform: "node", target: "node20", format: "cjs" };
/** @type {import("esbuild").BuildOptions} */
const web = { ...common, platform: "browser", target: "es2022" };

/** Node's host runs the bundle of the web-worker host too, and adds what reads files. */
const onWebBundle = {
  name: "on-web-bundle",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/extension$/ }, () => ({
      path: "./web/extension.js",
      external: true,
    }));
  },
};
/** The two hosts have an entry each: only Node's reaches what reads files. */
const extension = (entry) => ({ entryPoints: [`src/extension/${entry}.ts`], external: ["vscode"] });
const page = (name) => ({
  ...web,
  entryPoints: [`src/pages/${name}/main.ts`],
  format: "iife",
  outfile: `dist/${name}.js`,
});

/** @type {import("esbuild").BuildOptions[]} */
const shipped = [
  { ...node, ...extension("nodeHost"), plugins: [onWebBundle], outfile: "dist/extension.js" },
  {
    ...web,
    ...extension("extension"),
    format: "cjs",
    charset: "utf8",
    outfile: "dist/web/extension.js",
  },
  page("featureTable"),
  page("logExplanation"),
  {
    ...node,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
    banner: { js: "#!/usr/bin/env node" },
  },
];

/** Every file below `folder` (of the project) whose name ends in `ending`. */
async function filesBelow(folder, ending) {
  const files = await readdir(path.join(common.absWorkingDir, folder), { recursive: true });
  return files.filter((file) => file.endsWith(ending)).map((file) => path.join(folder, file));
}

/** The test bundles: unit and workbench tests a file each, the host suite one bundle for each host. */
async function tests() {
  const external = [
    "vscode",
    "mocha",
    "playwright-core",
    "axe-core",
    "fast-check",
    "esbuild",
    "prettier",
  ];
  const eachFile = async (folder) => ({
    ...node,
    entryPoints: await filesBelow(folder, ".test.ts"),
    outbase: folder,
    outdir: folder.replace("test", "dist-test"),
    external,
  });
  return [
    await eachFile("test/unit"),
    await eachFile("test/workbench"),
    {
      ...node,
      entryPoints: ["test/host/index.node.ts"],
      outfile: "dist-test/host/node.js",
      external,
    },
    {
      ...web,
      entryPoints: ["test/host/index.web.ts"],
      outfile: "dist-test/host/web.js",
      format: "cjs",
      external: ["vscode"],
      define: { "process.env.NODE_DEBUG": "undefined", global: "globalThis" },
    },
  ];
}

if (args.has("--watch")) {
  for (const options of shipped) await (await context({ ...options, logLevel: "info" })).watch();
} else if (args.has("--tests")) {
  await rm(path.join(common.absWorkingDir, "dist-test"), { recursive: true, force: true });
  await Promise.all((await tests()).map((options) => build(options)));
} else {
  await rm(path.join(common.absWorkingDir, "dist"), { recursive: true, force: true });
  const results = await Promise.all(shipped.map((options) => build(options)));
  const notices = await readFile(path.join(common.absWorkingDir, "THIRD_PARTY_NOTICES.md"), "utf8");
  const complaints = noticeComplaints(
    results.map(({ metafile }) => metafile),
    notices,
  );
  for (const complaint of complaints) console.error(`bundle: ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
}
