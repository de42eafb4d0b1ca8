import js from "@eslint/js";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";
import rooms from "./build/eslint/rooms.mjs";

// What each room may reach for: the decoder is pure, the extension runs in a web worker too, the webview has only the
// DOM (docs/architecture.md).
const noNode = {
  group: ["node:*", "fs", "path", "os"],
  message: "This code also runs without Node.",
};

const noBuiltExpression = {
  selector: "NewExpression[callee.name='RegExp'], CallExpression[callee.name='RegExp']",
  message: "No regular expression is built from text: write a literal or a fixed scanner.",
};

// The arguments of a call lie on the stack: a list that input makes long overflows it.
const noSpreadArguments = {
  selector: "CallExpression > SpreadElement, NewExpression > SpreadElement",
  message: "A long list overflows the stack as arguments: loop over it, or pass the list itself.",
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
      "no-restricted-syntax": ["error", noBuiltExpression],
    },
  },
  {
    files: ["src/**/*.ts"],
    plugins: { rooms },
    rules: {
      "rooms/order": "error",
      "rooms/no-circle": "error",
      // This replaces the rule above as a whole, so it names all that is restricted.
      "no-restricted-syntax": ["error", noBuiltExpression, noSpreadArguments],
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
              group: ["vscode"],
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
