import type { Page } from "playwright-core";

/** Asks the app's backend as the page does, with the session that the page was given; gives what it answered. */
export function callFrom(page: Page, method: string, input: object): Promise<unknown> {
  return page.evaluate(
    async ({ path, body }) => {
      const secret = JSON.parse(localStorage.getItem("flowdeck.session") ?? '""');
      const headers = { "content-type": "application/json", authorization: `Bearer ${secret}` };
      const answer = await fetch(path, { method: "POST", headers, body });
      return (await answer.json()).output;
    },
    { path: `/api/call/${method}`, body: JSON.stringify(input) },
  );
}
