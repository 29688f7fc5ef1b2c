import type { Page } from "playwright-core";
import { expect } from "vitest";

/** How long a first start may take where the toolbox has to be built. */
const minutes = 60_000;

export interface WizardChoice {
  release: "Starter (offline)" | "Kubeflow 26.03" | "Kubeflow 26.03.1" | "Kubeflow 1.0 – KfDef";
  name: string;
  baseDir: string;
  email?: string;
  password?: string;
  /** Which of a KfDef release's files. */
  file?: "Standard" | "Dex";
}

/** The wizard as a person uses it: by the words on the screen. */
export class Wizard {
  readonly page: Page;
  /** What the page complained about: it should never have a reason to. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  button(name: string | RegExp, scope: Pick<Page, "getByRole"> = this.page) {
    return scope.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
  }

  heading(name: string | RegExp) {
    return this.page.getByRole("heading", { name, level: 1 });
  }

  /** From Home to a connected practice cluster. */
  async startPractice(): Promise<void> {
    await this.button("Start practice cluster").click();
    await this.heading("Where should Kubeflow run?").waitFor();
    await this.page.getByText("API server response").waitFor({ timeout: 6 * minutes });
    await this.button("Continue").click();
  }

  async fillSettings(choice: WizardChoice): Promise<void> {
    await this.heading("Settings").waitFor();
    await this.page
      .getByRole("radio", { name: new RegExp(`^${literally(choice.release)}(?![.\\d])`) })
      .check({ force: true });
    await this.page.getByRole("textbox", { name: /^Name/ }).fill(choice.name);
    await this.page.getByRole("textbox", { name: /^Base folder/ }).fill(choice.baseDir);
    if (choice.file !== undefined)
      await this.page.getByRole("radio", { name: new RegExp(`^${choice.file}`) }).check({ force: true });
    if (choice.file !== "Standard")
      await this.page.getByRole("textbox", { name: "Email" }).fill(choice.email ?? "student@example.com");
    if (choice.password !== undefined) await this.page.locator("input[type=password]").fill(choice.password);
    await this.button("Continue").click();
  }

  /** On to the plan; what the checks found is looked at in their own tests. */
  async passChecks(): Promise<void> {
    await this.heading("Checks").waitFor();
    await this.button("Continue").click();
  }

  /** Every component of the release, the checks, the plan, then Install. */
  async planEverything(): Promise<void> {
    await this.heading("Components").waitFor();
    const all = this.button("All");
    await all.waitFor();
    if (await all.isEnabled()) await all.click();
    await this.button("Continue").click();
    await this.passChecks();
    await this.heading("Plan").waitFor();
    await this.button("Install").click({ timeout: 2 * minutes });
  }

  /** A KfDef as its file is, then the plan, up to Install. */
  async planKfDef(applications: number): Promise<void> {
    await this.heading("Components").waitFor();
    await this.page
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${applications} applications$`) })
      .waitFor();
    await this.button("Continue").click();
    await this.passChecks();
    await this.heading("Plan").waitFor();
    await this.page.locator(".totals").waitFor({ timeout: 3 * minutes });
  }

  async untilInstalled(title: string): Promise<void> {
    await this.heading(new RegExp(`${literally(title)} is installed`)).waitFor({ timeout: 4 * minutes });
  }

  /** From the Install step's end to the Done page. */
  async openDone(): Promise<void> {
    const onward = this.button("Open the summary");
    if (await onward.isVisible()) await onward.click();
    await this.page.getByRole("heading", { name: "Dashboard" }).waitFor();
  }

  async uninstall(title: string, { data = false, others = false }): Promise<void> {
    await this.button("Uninstall…").click();
    if (data) await this.page.getByRole("checkbox", { name: /^Also delete user data/ }).check({ force: true });
    if (others) await this.page.getByRole("checkbox", { name: /^Also delete what others/ }).check({ force: true });
    await this.button(data ? "Uninstall and delete data" : "Uninstall").click();
    await this.heading(new RegExp(`${literally(title)} was uninstalled`)).waitFor({ timeout: 4 * minutes });
  }

  expectNoComplaints(): void {
    expect(this.complaints).toEqual([]);
  }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
