import { type Message, message } from "../../common/words/index.ts";
import type { ToolProgress } from "./types.ts";

/** How the time of a cold build divides, measured: downloads, compiling, linking. */
const shares = { download: 0.15, compile: 0.8 };

/**
 * Turns what `go list` and `go build -v` write into progress. Both name on standard error what they do, one a line:
 * `go: downloading MODULE VERSION`, then every package as it is compiled; linking comes last and says nothing.
 */
export class BuildProgress {
  readonly #modules: number;
  #packages: Set<string> | undefined;
  #downloaded = 0;
  #compiled = 0;
  #highest = 0;

  /** `modules`: how many the module file requires; an upper bound, since those already there are not downloaded. */
  constructor(modules: number) {
    this.#modules = Math.max(1, modules);
  }

  /** The packages that have to be compiled, once they are known. */
  plan(packages: readonly string[]): ToolProgress {
    this.#packages = new Set(packages);
    return this.#at(shares.download, message("toolbox.compiling", { total: packages.length }));
  }

  /** What one line of output means; undefined when it is no progress. */
  line(text: string): ToolProgress | undefined {
    const download = /^go: downloading (\S+)/.exec(text);
    if (download !== null) {
      this.#downloaded += 1;
      const part = Math.min(1, this.#downloaded / this.#modules);
      return this.#packages === undefined
        ? this.#at(
            shares.download * part,
            message("toolbox.downloading", { number: this.#downloaded, module: download[1] ?? "" }),
          )
        : undefined;
    }
    if (this.#packages === undefined || !this.#packages.delete(text)) return undefined;
    this.#compiled += 1;
    const total = this.#compiled + this.#packages.size;
    if (this.#packages.size === 0) return this.#at(shares.download + shares.compile, message("toolbox.linking"));
    return this.#at(
      shares.download + (shares.compile * this.#compiled) / total,
      message("toolbox.compilingOf", { done: this.#compiled, total }),
    );
  }

  #at(fraction: number, said: Message): ToolProgress {
    this.#highest = Math.max(this.#highest, Math.min(1, fraction));
    return { fraction: this.#highest, said };
  }
}
