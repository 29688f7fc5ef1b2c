import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { useTranslation } from "react-i18next";
import { chosenContext, useCluster } from "../../state/cluster.ts";
import { go, goStep } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { Mine } from "./MyPermissions.tsx";
import { OfSubject } from "./SubjectRules.tsx";
import { Who } from "./WhoCan.tsx";
import "./Access.css";

const tabs = ["mine", "who", "subject"] as const;

/** Who may do what in the chosen cluster. */
export function Access({ tab }: { tab: string | undefined }) {
  const { t } = useTranslation();
  const context = useCluster((state) => chosenContext(state)?.id);
  const shown = tabs.find((id) => id === tab) ?? "mine";
  return (
    <div className="access">
      <header>
        <h1>{t("access.title")}</h1>
        <p>{t("access.intro")}</p>
      </header>
      {context === undefined ? (
        <div className="access-empty">
          <p>{t("access.noCluster")}</p>
          <Button onPress={() => goStep("cluster")}>{t("access.chooseCluster")}</Button>
        </div>
      ) : (
        <Tabs
          className="access-tabs"
          selectedKey={shown}
          onSelectionChange={(key) => go({ place: "access", tab: String(key) }, { replace: true })}
        >
          <TabList aria-label={t("access.title")} className="tab-list">
            {tabs.map((id) => (
              <Tab key={id} id={id} className="tab">
                {t(`access.tab.${id}`)}
              </Tab>
            ))}
          </TabList>
          <TabPanel id="mine" className="access-panel">
            <Mine context={context} />
          </TabPanel>
          <TabPanel id="who" className="access-panel">
            <Who context={context} />
          </TabPanel>
          <TabPanel id="subject" className="access-panel">
            <OfSubject context={context} />
          </TabPanel>
        </Tabs>
      )}
    </div>
  );
}
