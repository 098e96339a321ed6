// Rules of this folder. The import rules are the architecture: one door to Tauri, features that do not know
// each other, a kit that knows no feature.
import globals from "globals";
import svelte from "eslint-plugin-svelte";
import tseslint from "typescript-eslint";

const TAURI = { group: ["@tauri-apps/*"], message: "Only src/ipc/tauri.ts talks to Tauri; use `backend`." };
const FEATURES = { group: ["**/features/**"], message: "Only the shell composes features." };
const SHELL = { group: ["**/shell/**"], message: "Nothing below the shell knows it." };
const FAKE = { group: ["**/ipc/fake*"], message: "The fake is for tests and the mock build only." };
const OTHER_FEATURE = {
  regex: "^\\.\\./(?!\\.\\./(ipc|lib|text)(/|$))",
  message: "A feature imports its own files, ipc, lib and text; the shell composes features.",
};
const imports = (...patterns) => ["error", { patterns }];

export default tseslint.config(
  { ignores: ["dist*/**", "node_modules/**", "src/ipc/bindings.ts"] },
  ...tseslint.configs.strict,
  ...svelte.configs["flat/recommended"],
  {
    languageOptions: { globals: { ...globals.browser } },
    linterOptions: { reportUnusedDisableDirectives: true },
    rules: {
      "no-restricted-imports": imports(TAURI, FAKE),
      "no-restricted-globals": ["error", "localStorage", "sessionStorage", "indexedDB", "caches", "fetch", "XMLHttpRequest", "WebSocket"],
      "no-console": "error",
      eqeqeq: "error",
      "svelte/no-at-html-tags": "error",
      // A style attribute would need 'unsafe-inline'; directives go through the CSSOM and do not.
      "no-restricted-syntax": ["error", { selector: "SvelteAttribute[key.name='style']", message: "Use style: directives." }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Plain maps and sets are built and handed on whole here.
      "svelte/prefer-svelte-reactivity": "off",
      "svelte/no-navigation-without-resolve": "off",
    },
  },
  { files: ["**/*.svelte", "**/*.svelte.ts"], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  { files: ["src/lib/**"], rules: { "no-restricted-imports": imports(TAURI, FAKE, FEATURES, SHELL) } },
  { files: ["src/features/**"], rules: { "no-restricted-imports": imports(TAURI, FAKE, OTHER_FEATURE) } },
  { files: ["src/ipc/tauri.ts", "src/ipc/fake*.ts", "src/main.ts", "**/*.test.ts", "**/test-*.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["scripts/**", "*.config.*"], languageOptions: { globals: { ...globals.node } }, rules: { "no-console": "off" } },
  { files: ["**/*.test.ts"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
);
