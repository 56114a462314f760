import type { ComponentChildren } from 'preact';

/** A heading of a column, and the class of what stands in it where that matters. */
export type Heading = string | readonly [text: ComponentChildren, className: string];

interface Properties {
  /** What the table is of: it scrolls by itself where it is wide, and so can be reached and has a name. */
  readonly label: string;
  readonly head: readonly Heading[];
  readonly className?: string;
  readonly children: ComponentChildren;
}

/** A table of rows. */
export function Table({ label, head, className = '', children }: Properties) {
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table class={`table ${className}`}>
        <thead>
          <tr>
            {head.map((heading, index) => {
              const [text, own] = typeof heading === 'string' ? [heading, ''] : heading;
              return (
                <th key={index} scope="col" class={own}>
                  {text}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
