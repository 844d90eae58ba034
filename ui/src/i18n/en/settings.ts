/** Texts of the settings page. */
export const settings = {
  title: "Settings",
  appearance: "Appearance",
  theme: "Theme",
  system: "System",
  light: "Light",
  dark: "Dark",
  workspace: "Workspace",
  location: "Folder",
  about: "About",
  version: "Version",
  shell: "Runs in",
  shells: { desktop: "desktop app", web: "browser, served by hubscope-cli", command_line: "command line" },
} as const;
