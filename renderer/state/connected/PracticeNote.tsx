import { useTranslation } from "react-i18next";
import { usePractice } from "../practice.ts";

/** In the status bar: how the practice cluster is doing. */
export function PracticeNote() {
  const { t } = useTranslation();
  const state = usePractice(({ status }) => status?.state);
  return state === undefined ? null : t("frame.practiceIs", { state: t(`practice.state.${state}`) });
}
