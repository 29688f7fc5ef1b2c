export { type RenderInput, renderApplications } from "./render.ts";
