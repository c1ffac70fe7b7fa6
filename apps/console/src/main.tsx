/** Where the console starts. */
import "@fontsource-variable/noto-sans";
import "@fontsource/noto-sans-armenian/400.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { startShortcuts } from "./keys/shortcuts.ts";
import { keepProgram } from "./offline/register.ts";
import { startTheme } from "./theme/theme.ts";
import { WordsProvider } from "./words/use-words.tsx";

startTheme();
keepProgram();
startShortcuts();
const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } });

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <WordsProvider>
        <App />
      </WordsProvider>
    </QueryClientProvider>
  </StrictMode>,
);
