import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

const binary = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** Bytes in binary units, as Kubernetes counts memory and storage: 7381975040 → "6.9 GiB". */
export function formatBytes(bytes: number, language: string): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), binary.length - 1);
  const value = bytes / 1024 ** power;
  const digits = value < 10 && power > 0 ? 1 : 0;
  return `${formatNumber(Number(value.toFixed(digits)), language)} ${binary[power]}`;
}

export function formatNumber(value: number, language: string, maximumFractionDigits = 1): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits }).format(value);
}

/** CPU cores; below a tenth in millicores, as Kubernetes writes them. */
export function formatCpu(cores: number, language: string): string {
  return cores > 0 && cores < 0.1 ? `${Math.round(cores * 1000)}m` : formatNumber(cores, language, 1);
}

/** Whole percent of a fraction, rounded down, so that 100 % means all of it. */
export function wholePercent(fraction: number): number {
  return Math.floor(Math.max(0, Math.min(1, fraction)) * 100 + 1e-9);
}

/** "38 s", "1 min 12 s", "2 h 5 min". */
export function formatDuration(ms: number, t: TFunction): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return t("time.seconds", { seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60 && seconds % 60 === 0) return t("time.wholeMinutes", { minutes });
  if (minutes < 60) return t("time.minutes", { minutes, seconds: seconds % 60 });
  return t("time.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** The clock time of an ISO date, to the second. */
export function formatClock(iso: string, language: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(date);
}

export function formatDate(iso: string, language: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(date);
}

/** The formatters with the current language put in. */
export function useFormat() {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return {
    bytes: (value: number) => formatBytes(value, language),
    number: (value: number) => formatNumber(value, language),
    cpu: (value: number) => formatCpu(value, language),
    duration: (ms: number) => formatDuration(ms, t),
    clock: (iso: string) => formatClock(iso, language),
    date: (iso: string) => formatDate(iso, language),
  };
}
