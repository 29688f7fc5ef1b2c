import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import "./Button.css";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "children" | "style"> {
  variant?: "default" | "primary" | "ghost" | "danger";
  size?: "md" | "sm";
  /** A lucide icon, shown before the words. */
  icon?: ReactNode;
  /** Shown after the words: an arrow, a key. */
  after?: ReactNode;
  children?: ReactNode;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant = "default", size = "md", icon, after, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={["button", `button-${variant}`, `button-${size}`, className].filter(Boolean).join(" ")}
    >
      {icon}
      {children === undefined ? null : <span>{children}</span>}
      {after}
    </AriaButton>
  );
}

/** A square button that shows only an icon; `label` is its accessible name and tooltip. */
export function IconButton({ label, children, ...rest }: Omit<ButtonProps, "icon" | "after"> & { label: string }) {
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      className={["button", `button-${rest.variant ?? "ghost"}`, "button-icon", rest.className]
        .filter(Boolean)
        .join(" ")}
    >
      {children}
    </AriaButton>
  );
}
