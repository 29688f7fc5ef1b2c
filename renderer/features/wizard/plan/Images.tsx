import { useTranslation } from "react-i18next";
import { Card } from "../../../ui/Card.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";

export function Images({ images }: { images: readonly string[] }) {
  const { t } = useTranslation();
  const registries = new Set(images.map(registryOf));
  return (
    <Card>
      <Disclosure
        title={t("plan.images", { count: images.length })}
        aside={t("plan.registries", { count: registries.size })}
      >
        <ul className="plan-images mono">
          {images.map((image) => (
            <li key={image}>{image}</li>
          ))}
        </ul>
      </Disclosure>
    </Card>
  );
}

/** The registry of an image name, by the rule of the container tools: no dot or port in the first part is Docker Hub. */
export function registryOf(image: string): string {
  const [first, ...rest] = image.split("/");
  return rest.length > 0 && first !== undefined && /[.:]|^localhost$/.test(first) ? first : "docker.io";
}
