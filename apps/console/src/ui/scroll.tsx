/** A part of the screen that scrolls, reachable from the keyboard (WCAG 2.2, 2.1.1). */
import type { ReactNode } from "react";

type Name = { readonly label: string } | { readonly labelledBy: string };

export function Scroll({
  className,
  children,
  ...name
}: { readonly className: string | undefined; readonly children: ReactNode } & Name) {
  const named = "label" in name ? { "aria-label": name.label } : { "aria-labelledby": name.labelledBy };
  return (
    // biome-ignore lint/a11y: a scrolling part must be a tab stop and have a name; there is no element that is both.
    <div className={className} tabIndex={0} role="group" {...named}>
      {children}
    </div>
  );
}
