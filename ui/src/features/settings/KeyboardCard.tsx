import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ACTION_IDS, specOf, useKeys, type ActionGroup, type ActionId } from "@/components/actions";
import { Card } from "@/components/card";
import { Field, Switch, TextInput } from "@/components/fields";
import { Kbd } from "@/components/text";
import { useSettings } from "@/live";
import { Place } from "./Place";
import styles from "./SettingsPage.module.css";

const GROUPS: ActionGroup[] = ["go", "tabs", "hubs", "device", "messages", "view", "window"];

/** All keys, with a search, and whether single letters count. */
export function KeyboardCard() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  const keys = useKeys();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();

  function matches(id: ActionId): boolean {
    const printed = keys.name(id);
    return printed !== undefined && `${t(`actions.names.${id}`)} ${printed}`.toLowerCase().includes(wanted);
  }

  const groups = GROUPS.map((group) => ({ group, ids: ACTION_IDS.filter((id) => specOf(id).group === group && matches(id)) })).filter(({ ids }) => ids.length > 0);
  return (
    <Card title={t("settings.keyboard")}>
      <Place name="single_keys">
        <Field label={t("settings.fields.single_keys")} hint={t("settings.singleKeysHint")}>
          <Switch checked={settings.single_keys} onChange={(single_keys) => change((old) => ({ ...old, single_keys }))} />
        </Field>
      </Place>
      <Place name="shortcuts">
        <TextInput value={query} onChange={setQuery} icon="search" role="searchbox" aria-label={t("settings.findShortcut")} placeholder={t("settings.findShortcut")} data-pane-filter="" />
      </Place>
      {groups.length === 0 && <p className={styles.none}>{t("settings.noShortcut")}</p>}
      {groups.map(({ group, ids }) => (
        <section key={group} className={styles.keys} aria-label={t(`actions.groups.${group}`)}>
          <h3 className={styles.group}>{t(`actions.groups.${group}`)}</h3>
          <dl>
            {ids.map((id) => (
              <div key={id} className={styles.key}>
                <dt>{t(`actions.names.${id}`)}</dt>
                <dd>
                  <Kbd keys={keys.name(id) ?? ""} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Card>
  );
}
