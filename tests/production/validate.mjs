// Holds files against the schema or linter of the tool that reads them: `validate.mjs PACKAGES
// KIND=FILE…`, where PACKAGES is the folder that package.json was installed in. Prints what is
// wrong, a line each, and exits with 1 where anything is.
import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const yaml = require("yaml");

// Some packages are for `import` alone, which looks for them from this file on.
const importFrom = (path) => import(pathToFileURL(join(folder, "node_modules", path)));

async function compose(file) {
  const { DCLinter } = require("dclint");
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
  const [result] = await linter.lintFiles([file], false);
  return result.messages.map((found) => `${found.line}: ${found.message}`);
}

// Misspelt keys: Kubernetes' schema lets them pass, its API server and its types do not.
function unknownKeys(object) {
  const ts = require("typescript");
  const name = join(folder, "job.mts");
  const text = `import type { IJob } from "kubernetes-models/batch/v1/Job";
export const job: IJob = ${JSON.stringify(object, null, 2)};`;
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.fileExists = (path) => path === name || ts.sys.fileExists(path);
  host.getSourceFile = (path, version, ...rest) =>
    path === name
      ? ts.createSourceFile(path, text, version)
      : getSourceFile.call(host, path, version, ...rest);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((found) => ts.flattenDiagnosticMessageText(found.messageText, " "));
}

async function kubernetes(file) {
  const { Job } = await importFrom("kubernetes-models/batch/v1/Job.js");
  const object = yaml.parse(readFileSync(file, "utf8"));
  if (!Job.is(object)) return ["is no batch/v1 Job"];
  try {
    new Job(object).validate();
  } catch (error) {
    return error.message.split("\n");
  }
  return unknownKeys(object);
}

// The parser imports JSON as bundlers let it; Node.js wants to be told so at each import.
const jsonLoader = `
import { readFile } from "node:fs/promises";
export async function load(url, context, next) {
  if (!url.endsWith(".json")) return next(url, context);
  const source = "export default " + (await readFile(new URL(url), "utf8"));
  return { format: "module", source, shortCircuit: true };
}`;

async function workflow(file) {
  register(`data:text/javascript,${encodeURIComponent(jsonLoader)}`);
  const parser = await importFrom("@actions/workflow-parser/dist/index.js");
  const content = readFileSync(file, "utf8");
  const trace = { error() {}, info() {}, verbose() {} };
  const { context, value } = parser.parseWorkflow({ name: "database.yml", content }, trace);
  if (value) await parser.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map((error) => error.message);
}

async function dockerfile(file) {
  const found = require("dockerfile-utils").validate(readFileSync(file, "utf8"));
  return found.map((finding) => `${finding.range.start.line + 1}: ${finding.message}`);
}

const kinds = { compose, dockerfile, kubernetes, workflow };
let wrong = 0;
for (const argument of files) {
  const [kind, file] = argument.split(/=(.*)/s);
  for (const message of await kinds[kind](file)) {
    console.log(`${file}: ${message}`);
    ++wrong;
  }
}
process.exit(wrong > 0 ? 1 : 0);
