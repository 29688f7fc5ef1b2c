import { languageOf } from "../app/index.ts";
import { flowdeckProgram } from "./program.ts";

await flowdeckProgram(languageOf(process.env), ({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2)).parseAsync();
