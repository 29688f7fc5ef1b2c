// All texts of the page, apart from the messages: those who only say something should not have to read them all.
export { en } from "./en/index.ts";
export { ko } from "./ko/index.ts";
