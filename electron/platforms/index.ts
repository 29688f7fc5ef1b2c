export { Platforms } from "./platforms.ts";
export { servePlatforms } from "./serve.ts";
