import type { cliProfiles as english } from "../../en/cli/profiles.ts";
import type { Translated } from "../../translated.ts";

export const cliProfiles: Translated<typeof english> = {
  help: "Kubeflow 프로파일 목록, 만들기, 공유, 삭제",
  list: "프로파일과 소유자, 구성원, 쿼터를 표시",
  create: "프로파일 만들기",
  share: "Kubeflow 대시보드와 같은 방식으로 프로파일을 공유",
  unshare: "프로파일에 대한 사용자의 권한을 제거",
  delete: "프로파일과 그 네임스페이스의 모든 것을 삭제. --yes 옵션이 없으면 삭제할 내용만 표시",
  apply: "수강생 명단의 프로파일을 만들고 변경. --yes 옵션이 없으면 계획만 표시",
  profile: "프로파일 이름",
  user: "로그인할 때 쓰는 이메일 주소",
  owner: "소유자의 이메일 주소",
  quota: "small, medium, large, none 중 하나",
  role: "view 또는 edit",
  file: "profile, owner, members, quota 열이 있는 CSV 파일",
  headOwner: "소유자",
  headMembers: "구성원",
  none: "프로파일이 없습니다.",
  created: "✓ {{profile}} 프로파일을 만들었습니다.",
  shared: "✓ {{profile}} 프로파일을 {{user}} 사용자와 공유했습니다.",
  unshared: "✓ {{user}} 사용자는 더 이상 {{profile}} 프로파일을 쓸 수 없습니다.",
  deleted: "✓ {{profile}} 프로파일을 삭제하는 중입니다.",
  wouldDelete_other:
    "{{profile}} 네임스페이스와 그 안의 오브젝트 {{count}}개가 삭제됩니다. 삭제하려면 --yes 옵션을 쓰세요.",
  line: "{{line}}번째 줄: {{said}}",
  useYes: "계획을 적용하려면 --yes 옵션을 쓰세요.",
  done: "{{all}}개 중 {{done}}개 완료",
  unreadable: "수강생 명단 파일({{file}})을 읽을 수 없습니다.",
  unknownQuota: "{{presets}} 중 하나여야 합니다.",
  unknownRole: "view 또는 edit여야 합니다.",
};
