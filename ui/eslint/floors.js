import path from "node:path";

/**
 * Which folders of src each folder may import, itself included.
 * A feature may import only its own folder of features; `app` composes them.
 */
const MAY_IMPORT = {
  contract: [],
  styles: [],
  platform: ["contract"],
  live: ["platform", "contract"],
  i18n: ["contract"],
  components: ["i18n", "styles", "live", "platform", "contract"],
  features: ["components", "i18n", "styles", "live", "platform", "contract"],
  app: ["features", "components", "i18n", "styles", "live", "platform", "contract"],
};

/** @type {import("eslint").Rule.RuleModule} */
export const floors = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = path.relative(path.join(context.cwd, "src"), context.filename).split(path.sep);
    const [folder, feature] = file;
    if (folder === ".." || !(folder in MAY_IMPORT)) return {};

    function check(node, source) {
      if (typeof source !== "string") return;
      if (source.startsWith("@tauri-apps/") && folder !== "platform") {
        context.report({ node, message: "@tauri-apps/* is named only in src/platform." });
        return;
      }
      const target = source.startsWith("@/")
        ? source.slice(2)
        : source.startsWith(".")
          ? path.posix.normalize(path.posix.join(file.slice(0, -1).join("/"), source))
          : null;
      // Tests may use what is in ui/tests.
      if (target === null || (target.startsWith("..") && context.filename.includes(".test."))) return;
      const [toFolder, toFeature] = target.split("/");
      if (toFolder === folder) {
        if (folder === "features" && toFeature !== feature) {
          context.report({ node, message: `Feature ${feature} imports feature ${toFeature}.` });
        }
      } else if (!MAY_IMPORT[folder].includes(toFolder)) {
        context.report({ node, message: `src/${folder} may not import src/${toFolder}.` });
      }
    }

    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => node.source && check(node, node.source.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
    };
  },
};
