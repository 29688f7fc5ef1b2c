import { type ReactNode, useState } from "react";
import { errorCodes } from "../../common/contract/index.ts";
import { Age } from "../../renderer/ui/Age.tsx";
import { Banner } from "../../renderer/ui/Banner.tsx";
import { Button, IconButton } from "../../renderer/ui/Button.tsx";
import { Card } from "../../renderer/ui/Card.tsx";
import { CheckLine } from "../../renderer/ui/CheckLine.tsx";
import { ConfirmPane } from "../../renderer/ui/ConfirmPane.tsx";
import { CopyLines } from "../../renderer/ui/CopyLines.tsx";
import { Disclosure } from "../../renderer/ui/Disclosure.tsx";
import { EmptyState } from "../../renderer/ui/EmptyState.tsx";
import { ErrorBanner } from "../../renderer/ui/ErrorBanner.tsx";
import { Field } from "../../renderer/ui/Field.tsx";
import { House, Search } from "../../renderer/ui/icons.ts";
import { Kbd } from "../../renderer/ui/Kbd.tsx";
import { NumberInput } from "../../renderer/ui/NumberInput.tsx";
import { Progress } from "../../renderer/ui/Progress.tsx";
import { RadioCards } from "../../renderer/ui/RadioCards.tsx";
import { ScrollRegion } from "../../renderer/ui/ScrollRegion.tsx";
import { Segmented } from "../../renderer/ui/Segmented.tsx";
import { Select } from "../../renderer/ui/Select.tsx";
import { Splitter } from "../../renderer/ui/Splitter.tsx";
import { StageList } from "../../renderer/ui/StageList.tsx";
import { Tag } from "../../renderer/ui/Tag.tsx";
import type { Story } from "./story.tsx";

const nothing = () => undefined;
const tones = ["ok", "run", "warn", "bad", "idle"] as const;
const variants = ["default", "primary", "ghost", "danger"] as const;
const options = [
  { value: "one", label: "One" },
  { value: "two", label: "Two" },
] as const;

/** A part that has a value, as its view would hold it. */
function Held<T>({ first, children }: { first: T; children: (value: T, set: (value: T) => void) => ReactNode }) {
  const [value, set] = useState(first);
  return children(value, set);
}

/** Every part of renderer/ui, in each of its forms. */
export const parts: readonly Story[] = [
  {
    id: "Button",
    draw: () => (
      <>
        {variants.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
        {variants.map((variant) => (
          <Button key={variant} variant={variant} size="sm" icon={<Search aria-hidden size={14} />}>
            small
          </Button>
        ))}
        <Button isDisabled>disabled</Button>
        <IconButton label="Search">
          <Search aria-hidden size={16} />
        </IconButton>
      </>
    ),
  },
  {
    id: "Tag",
    draw: () =>
      tones.map((tone) => (
        <Tag key={tone} tone={tone} sign="·">
          {tone}
        </Tag>
      )),
  },
  {
    id: "Banner",
    draw: () =>
      (["bad", "warn", "info"] as const).map((tone) => (
        <Banner key={tone} tone={tone} title={`A ${tone} banner`} actions={<Button size="sm">Do something</Button>}>
          What exactly, and what to do.
        </Banner>
      )),
  },
  {
    id: "ErrorBanner",
    draw: () =>
      errorCodes.map((code) => (
        <ErrorBanner
          key={code}
          error={{ code, message: `What happened: ${code}`, detail: "The words of the server" }}
        />
      )),
  },
  {
    id: "Card",
    draw: () => (
      <>
        <Card title="A card" aside={<Tag>aside</Tag>}>
          Its content
        </Card>
        <Card>Without a title</Card>
      </>
    ),
  },
  {
    id: "CheckLine",
    draw: () => (
      <>
        <Held first={true}>
          {(on, set) => (
            <CheckLine isSelected={on} onChange={set}>
              Chosen
            </CheckLine>
          )}
        </Held>
        <CheckLine isSelected={false}>Not chosen</CheckLine>
        <CheckLine isSelected isLocked>
          Needed by another
        </CheckLine>
      </>
    ),
  },
  {
    id: "ConfirmPane",
    draw: () => (
      <>
        {[true, false].map((danger) => (
          <ConfirmPane
            key={String(danger)}
            title={danger ? "Delete it?" : "Go on?"}
            confirm="Yes"
            keep="No"
            danger={danger}
            onConfirm={nothing}
            onKeep={nothing}
          >
            What will happen, and what stays.
          </ConfirmPane>
        ))}
      </>
    ),
  },
  {
    id: "CopyLines",
    draw: () => (
      <>
        <CopyLines label="One line" lines={["kubectl get pods"]} />
        <CopyLines label="Long lines" wrap lines={["kubectl get pods ".repeat(12), "kubectl get nodes"]} />
      </>
    ),
  },
  {
    id: "Disclosure",
    draw: () => (
      <>
        <Disclosure title="Closed" aside="3">
          Its content
        </Disclosure>
        <Disclosure title="Open" defaultExpanded>
          Its content
        </Disclosure>
      </>
    ),
  },
  {
    id: "EmptyState",
    draw: () => (
      <>
        <EmptyState title="Nothing here" text="Why that is" detail="And more about it">
          <Button>What to do</Button>
        </EmptyState>
        <EmptyState title="Something is wrong" tone="bad" icon={<House aria-hidden />} />
      </>
    ),
  },
  {
    id: "Field",
    draw: () => (
      <>
        <Held first="a value">
          {(value, set) => (
            <Field label="Name" code="KF_NAME" description="What it is for" value={value} onChange={set} />
          )}
        </Held>
        <Field label="Wrong" error="Why it can't be used" value="?" onChange={nothing} mono />
        <Field label="Disabled" value="" placeholder="Nothing yet" isDisabled onChange={nothing} />
      </>
    ),
  },
  {
    id: "NumberInput",
    draw: () => (
      <Held first={3}>
        {(value, set) => <NumberInput label="Nodes" min={1} max={9} value={value} onChange={set} />}
      </Held>
    ),
  },
  {
    id: "Select",
    draw: () => (
      <Held<"one" | "two"> first="one">
        {(value, set) => (
          <>
            <Select label="Choice" options={options} value={value} onChange={set} />
            <Select label="Compact choice" compact options={options} value={value} onChange={set} />
          </>
        )}
      </Held>
    ),
  },
  {
    id: "Segmented",
    draw: () => (
      <Held<"one" | "two"> first="two">
        {(value, set) => <Segmented label="Segments" options={options} value={value} onChange={set} />}
      </Held>
    ),
  },
  {
    id: "RadioCards",
    draw: () => (
      <Held first="a">
        {(value, set) => (
          <RadioCards
            label="One of these"
            value={value}
            onChange={set}
            options={[
              { value: "a", title: "First", note: "About it" },
              { value: "b", title: "Second" },
              { value: "c", title: "Not now", isDisabled: true },
            ]}
          />
        )}
      </Held>
    ),
  },
  {
    id: "Progress",
    draw: () => (
      <>
        {[0, 0.4, 1].map((fraction) => (
          <Progress key={fraction} label={`${fraction}`} fraction={fraction} />
        ))}
        <Progress label="failed" fraction={0.7} tone="bad" />
      </>
    ),
  },
  {
    id: "StageList",
    draw: () => (
      <StageList
        stages={["Fetch", "Build", "Apply"].map((title) => ({ id: title, title, about: `About ${title}` }))}
        current={1}
        message="What is done now"
      />
    ),
  },
  { id: "Kbd", draw: () => ["Enter", "⌘K", ":"].map((key) => <Kbd key={key}>{key}</Kbd>) },
  {
    id: "Age",
    draw: () => [5_000, 90_000, 90_000_000].map((ago) => <Age key={ago} since={Date.now() - ago} />),
  },
  {
    id: "Splitter",
    draw: () => (
      <div className="gallery-edge">
        <Splitter label="Size" orientation="horizontal" value={50} min={0} max={100} onMove={nothing} />
      </div>
    ),
  },
  {
    id: "ScrollRegion",
    draw: () => (
      <ScrollRegion label="Scrolls" className="mono">
        Its content
      </ScrollRegion>
    ),
  },
];
