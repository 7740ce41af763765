// What JavaScript is checked for: mistakes first, and the few forms that an offline page can bundle.

import js from "@eslint/js";

const BROWSER = [
  "AbortController",
  "innerWidth",
  "Blob",
  "CustomEvent",
  "DOMParser",
  "DOMPoint",
  "Element",
  "Event",
  "File",
  "FileReader",
  "FormData",
  "HTMLElement",
  "HTMLInputElement",
  "Image",
  "IntersectionObserver",
  "KeyboardEvent",
  "MediaRecorder",
  "MessageChannel",
  "MutationObserver",
  "OffscreenCanvas",
  "Path2D",
  "Plotly",
  "ResizeObserver",
  "Response",
  "TextDecoder",
  "TextEncoder",
  "URL",
  "URLSearchParams",
  "VideoEncoder",
  "VideoFrame",
  "WebSocket",
  "Worker",
  "XMLSerializer",
  "atob",
  "btoa",
  "cancelAnimationFrame",
  "clearInterval",
  "clearTimeout",
  "console",
  "createImageBitmap",
  "crypto",
  "CompressionStream",
  "DecompressionStream",
  "document",
  "fetch",
  "getComputedStyle",
  "getSelection",
  "history",
  "location",
  "matchMedia",
  "navigator",
  "performance",
  "queueMicrotask",
  "requestAnimationFrame",
  "sessionStorage",
  "setInterval",
  "setTimeout",
  "structuredClone",
  "window",
];
const NODE = [
  "Buffer",
  "TextDecoder",
  "TextEncoder",
  "URL",
  "console",
  "process",
  "setTimeout",
  "structuredClone",
];

const readonly = (names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

const FORMS = [
  {
    selector: "ExportDefaultDeclaration",
    message: "Exports are named: the offline page bundles nothing else.",
  },
  { selector: "ExportAllDeclaration", message: "Exports are named: the offline page bundles nothing else." },
  {
    selector: "ExportNamedDeclaration[declaration=null]",
    message: "Write `export` before the declaration itself.",
  },
  {
    selector: "ExportNamedDeclaration > VariableDeclaration[kind!='const']",
    message: "Export constants and functions.",
  },
  { selector: "ImportDefaultSpecifier, ImportNamespaceSpecifier", message: "Import by name." },
  { selector: "ClassDeclaration, ClassExpression", message: "Plain values and functions, no classes." },
];

const RULES = {
  ...js.configs.recommended.rules,
  eqeqeq: "error",
  "max-len": [
    "error",
    { code: 150, ignoreTemplateLiterals: true, ignorePattern: '^\\s*(\\w|")[^ ]*: ".*",$' },
  ],
  "max-lines": ["error", 400],
  "no-implicit-globals": "error",
  "no-var": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  quotes: ["error", "double", { avoidEscape: true, allowTemplateLiterals: true }],
  semi: ["error", "always"],
};

const SHORT = {
  "max-lines": ["error", 300],
  "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }],
};

export default [
  {
    files: ["interface/stage/**/*.js", "tests/browser/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: readonly(BROWSER) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { ...RULES, ...SHORT, "no-restricted-syntax": ["error", ...FORMS] },
  },
  {
    files: ["tests/js/**/*.js", "benchmarks/*.js", "eslint.config.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: readonly(NODE) },
    rules: { ...RULES, "max-len": "off" },
  },
];
