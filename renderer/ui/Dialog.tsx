import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import "./Dialog.css";

export interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  /** The buttons below, the one that goes ahead first. */
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
}

/** A small piece of work in front of the page; Escape and a click beside it leave things as they are. */
export function Dialog({ title, onClose, children, footer, size = "md" }: DialogProps) {
  return (
    <ModalOverlay className="dialog-overlay" isOpen onOpenChange={(open) => open || onClose()} isDismissable>
      <Modal className={`dialog dialog-${size}`}>
        <AriaDialog className="dialog-content">
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          {footer ? <div className="dialog-footer">{footer}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
