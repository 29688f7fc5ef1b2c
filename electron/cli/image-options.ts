import { message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { UsageError } from "./usage-error.ts";

/** From where the images of an installation come. */
export interface ImageOptions {
  image: string[];
  imagePrefix?: string;
  pullSecret?: string;
}

export function imageOptions(command: LocalizedCommand): LocalizedCommand {
  return command
    .option("--image <from=to>", command.text(message("cliHelp.image")), (value, all: string[]) => [...all, value], [])
    .option("--image-prefix <registry/path>", command.text(message("cliHelp.imagePrefix")))
    .option("--pull-secret <name>", command.text(message("cliHelp.pullSecret")));
}

/** The settings that the options stand for. Throws a {@link UsageError} for `--image` without its two halves. */
export function imagesOf({ image, imagePrefix, pullSecret }: ImageOptions): {
  images: Record<string, string>;
  imagePrefix?: string;
  pullSecret?: string;
} {
  const images = image.map((one) => {
    const [from = "", to = "", more] = one.split("=");
    if (from === "" || to === "" || more !== undefined)
      throw new UsageError(message("cliUsage.imageForm", { value: one }));
    return [from, to] as const;
  });
  return {
    images: Object.fromEntries(images),
    ...(imagePrefix === undefined ? {} : { imagePrefix: imagePrefix.replace(/\/+$/, "") }),
    ...(pullSecret === undefined ? {} : { pullSecret }),
  };
}
