import type { TFunction } from "i18next";
import { en } from "../../../../common/words/catalogue.ts";

type FieldKey = keyof typeof en.kfdef.pluginField;

function isFieldKey(key: string): key is FieldKey {
  return key in en.kfdef.pluginField;
}

/** What a plugin's field is for, by its last name: `auth.cognito.certArn` is a certArn; undefined for one not known here. */
export function aboutField(t: TFunction, path: string): string | undefined {
  const name = path.split(".").at(-1) ?? "";
  return isFieldKey(name) ? t(`kfdef.pluginField.${name}`) : undefined;
}
