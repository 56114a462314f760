/** A label selector of meta/v1. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelExpression[];
}

/** One condition; all of a selector must be met. */
export interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/**
 * Whether labels meet a selector. An empty selector is met by all, as those of policy/v1 are
 * (kubernetes.io/docs/concepts/overview/working-with-objects/labels). So is a condition of a kind that is not known here: a
 * budget that may guard a pod is taken to guard it.
 */
export function matchesLabels({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const equal = Object.entries(matchLabels).every(([key, value]) => valueOf(labels, key) === value);
  return equal && matchExpressions.every((expression) => meets(expression, labels));
}

type Labels = Readonly<Record<string, string>>;

function meets({ key, operator, values = [] }: LabelExpression, labels: Labels): boolean {
  const value = valueOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return true;
  }
}

/** A label may be named as something that every object has, such as `constructor`. */
function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
