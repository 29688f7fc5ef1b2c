import type { preflight as english } from "../../en/messages/preflight.ts";
import type { Translated } from "../../translated.ts";

export const preflight: Translated<typeof english> = {
  oldVersion: "클러스터의 쿠버네티스 버전은 {{version}}입니다. 이 릴리스에는 {{minimum}} 이상이 필요합니다.",
  noStorageClass_other: "클러스터에 기본 스토리지클래스가 없는데 PVC {{count}}개에 필요합니다({{example}} 등).",
  ebsDriver: "이 EKS 클러스터에 EBS CSI 드라이버가 없어 {{claims}}에 스토리지클래스 {{name}}의 볼륨을 줄 수 없습니다.",
  ebsDriverNoClass: "이 EKS 클러스터에 EBS CSI 드라이버가 없어 {{claims}}에 볼륨을 줄 수 없습니다.",
  claims_other: "PVC {{count}}개",
  ebsDriverAdvice:
    "애드온을 설치한 뒤 계획을 다시 만드세요: `aws eks create-addon --cluster-name CLUSTER --addon-name aws-ebs-csi-driver`. 애드온의 서비스어카운트에 AmazonEBSCSIDriverPolicy 정책이 필요합니다.",
  storageClasses: "있는 스토리지클래스: {{names}}. 이 가운데 하나를 기본으로 지정하세요.",
  staysPending: "생길 때까지 이를 쓰는 파드는 대기(Pending) 상태로 남습니다.",
  foreign_other: "{{name}} 컴포넌트가 이 클러스터에 이미 있으며, 이 설치에서 만든 것이 아닙니다(오브젝트 {{count}}개).",
  foreignAdvice: "다른 관리자가 소유하지 않은 필드만 이 릴리스에 맞게 바뀌며, 이 설치를 제거해도 오브젝트는 남습니다.",
  cpu: "컴포넌트가 요청하는 CPU는 {{wanted}}개인데 남은 CPU는 {{free}}개입니다.",
  memory: "컴포넌트가 요청하는 메모리는 {{wanted}}GiB인데 남은 메모리는 {{free}}GiB입니다.",
  nodes: "맞는 노드가 없습니다. {{because}}.",
  preempting:
    "공간을 마련하려고 쿠버네티스가 우선순위가 낮은 실행 중인 파드를 축출할 수 있습니다. 컴포넌트가 쓰는 프라이어리티클래스: {{names}}.",
  preemptingAdvice:
    "프라이어리티클래스가 없는 파드의 우선순위는 0입니다. 축출되면 안 되는 파드가 있으면 먼저 공간을 마련하세요.",
  goneImages_other: "이 KfDef의 이미지 {{count}}개를 더 이상 받을 수 없습니다: {{names}}.",
  andMore: "{{names}} 외 {{count}}개",
  goneImagesAdvice:
    "이 이미지가 필요한 파드는 시작되지 않습니다. 대신 쓸 이미지를 지정하세요. 나머지는 그대로 설치됩니다.",
};
