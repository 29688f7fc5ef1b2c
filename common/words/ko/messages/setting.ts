import type { setting as english } from "../../en/messages/setting.ts";
import type { Translated } from "../../translated.ts";

export const setting: Translated<typeof english> = {
  "name-empty": "이름을 입력하세요.",
  "name-long": "이름은 50자까지 쓸 수 있습니다.",
  "name-start": "이름은 영문 소문자로 시작해야 합니다.",
  "name-characters": "이름에는 영문 소문자, 숫자, 하이픈만 쓸 수 있습니다.",
  "name-end": "이름은 영문자나 숫자로 끝나야 합니다.",
  "path-empty": "폴더를 입력하세요.",
  "path-relative": "폴더는 절대 경로여야 합니다.",
  "path-characters": "폴더의 경로에 쓸 수 없는 문자가 있습니다.",
  "path-parent": "폴더의 경로에 “..”을 쓸 수 없습니다.",
  "email-invalid": "이메일 주소가 아닙니다.",
  "email-long": "이메일 주소는 254자까지 쓸 수 있습니다.",
  "password-empty": "비밀번호가 비어 있습니다.",
  "password-short": "비밀번호는 8자 이상이어야 합니다.",
  "password-long": "비밀번호는 72바이트까지 쓸 수 있습니다. bcrypt가 그 뒤는 읽지 않습니다.",
  "image-prefix": "이미지 접두사는 소문자로 된 레지스트리와 경로입니다. https://와 태그는 쓰지 않습니다.",
  "pull-secret": "풀 시크릿 이름에는 소문자, 숫자, 하이픈만 쓸 수 있습니다.",
  "password-public": "Kubeflow의 공개된 기본 비밀번호입니다. 다른 것으로 정하세요.",
  "namespace-empty": "사용자의 네임스페이스를 입력하세요.",
  "namespace-long": "네임스페이스는 63자까지 쓸 수 있습니다.",
  "namespace-characters": "네임스페이스에는 영문 소문자, 숫자, 하이픈만 쓰고, 영문자나 숫자로 시작하고 끝나야 합니다.",
  "namespace-reserved": "클러스터나 Kubeflow가 쓰는 네임스페이스입니다. 다른 이름으로 정하세요.",
  "release-empty": "릴리스를 입력하세요.",
  "config-uri-empty": "경로나 주소를 입력하세요.",
};
