import { type FormEvent, type ReactNode, useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/Button.tsx";

export interface FormPopoverProps {
  /** On the button that opens it. */
  label: string;
  icon: ReactNode;
  title: string;
  /** On the button that goes ahead. */
  confirm: string;
  isDisabled?: boolean;
  onConfirm: () => void;
  children: ReactNode;
}

/** A button of the list's head that opens a small form below it. */
export function FormPopover({
  label,
  icon,
  title,
  confirm,
  isDisabled = false,
  onConfirm,
  children,
}: FormPopoverProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDisabled) return;
    setOpen(false);
    onConfirm();
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button size="sm" className="head-tool" icon={icon}>
        {label}
      </Button>
      <Popover className="popup" placement="bottom end">
        <div className="popup-dialog">
          <h2>{title}</h2>
          <form className="popup-dialog" onSubmit={submit}>
            {children}
            <span className="popup-actions">
              <Button size="sm" onPress={() => setOpen(false)}>
                {t("common.cancel")}
              </Button>
              <Button size="sm" variant="primary" type="submit" isDisabled={isDisabled}>
                {confirm}
              </Button>
            </span>
          </form>
        </div>
      </Popover>
    </DialogTrigger>
  );
}
