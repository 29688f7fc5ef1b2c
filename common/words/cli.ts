import { cliMessages as en } from "./en/cli/index.ts";
import { cliMessages as ko } from "./ko/cli/index.ts";
import { addTopics } from "./text-of.ts";

// The words with what only the command line says: the page imports index.ts, and is smaller for it.
addTopics({ en, ko });

export * from "./index.ts";
