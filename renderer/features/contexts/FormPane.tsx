import { type ReactNode, useEffect, useRef } from "react";
import { Form } from "react-aria-components/Form";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";

export interface FormPaneProps {
  title: string;
  children: ReactNode;
  submit: string;
  isDisabled: boolean;
  onSubmit: () => void;
  onClose: () => void;
  /** More buttons, behind the two. */
  more?: ReactNode;
}

/** A small form below the row it is about; Escape leaves everything as it is. */
export function FormPane({ title, children, submit, isDisabled, onSubmit, onClose, more }: FormPaneProps) {
  const { t } = useTranslation();
  const pane = useRef<HTMLDivElement>(null);
  useEffect(() => pane.current?.querySelector("input")?.focus(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a shortcut for the button that leaves everything as it is
    <div ref={pane} className="confirm-pane" onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <Form
        className="clusters-form"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <h2>{title}</h2>
        {children}
        <div className="confirm-actions">
          <Button type="submit" variant="primary" isDisabled={isDisabled}>
            {submit}
          </Button>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          {more}
        </div>
      </Form>
    </div>
  );
}
