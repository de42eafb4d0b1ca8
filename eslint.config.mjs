import js from "@eslint/js";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

// What each room may reach for: the decoder is pure, the extension runs in a web worker too,
// the webview has only the DOM (shared/house rule: knowledge is data, decoding is pure, hosts are thin).
const noNode = {
  group: ["node:*", "fs", "path", "os"],
  message: "This code also runs without Node.",
};

export default tseslint.config(
  { ignores: ["dist/", "dist-test/", "test-results/", "node_modules/"] },
  js.configs.recommended,
  regexp.configs["flat/recommended"],
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        fetch: "readonly",
        AbortSignal: "readonly",
        Buffer: "readonly",
        performance: "readonly",
        TextDecoder: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
      },
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='RegExp'], CallExpression[callee.name='RegExp']",
          message: "No regular expression is built from text: write a literal or a fixed scanner.",
        },
      ],
    },
  },
  {
    files: ["src/decoder/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            noNode,
            {
              group: ["vscode", "**/extension/**", "**/pages/**", "**/cli/**"],
              message: "The decoder is pure and knows no host.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/extension/**/*.ts", "src/pages/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [noNode] }] },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-floating-promises": "off",
    },
  },
);
