import { join } from 'node:path';
import { checkGroups } from '../packages/mgmt/src/preflight/index.ts';
import { repository, settleGenerated } from './generated-files.ts';

const preface = `<!-- Generated from packages/mgmt/src/preflight/checks by tools/generate-preflight-docs.ts: do not edit. -->

# Preflight

\`reroot preflight\` ([cli.md](cli.md#preflight)) says whether a rotation, or an [adoption](adoption.md), that started now would get through. It changes nothing. mgmt asks each
agent that is connected what its cluster is like, waits for the answers for a bounded time, and judges them together with the last reports.

\`\`\`
$ reroot preflight --mesh demo
agents
  ✓ every cluster of the mesh takes part
  ✓ every cluster has reported lately
  …
  ‼ clocks differ by more than a minute
      east: its clock is 75 s ahead of that of mgmt
      let the nodes follow a time server (docs/preflight.md#clocks)
  ✓ no clock is so far behind that new certificates are not valid there yet

istiod
  ✓ every istiod takes new roots while it runs (ISTIO_MULTIROOT_MESH), or is restarted
  …
\`\`\`

| mark | ASCII | outcome | means |
|---|---|---|---|
| ✓ | \`+\` | \`passed\` | as it should be |
| ‼ | \`!\` | \`warning\` | a rotation starts, and may wait or need a hand |
| ? | \`?\` | \`unknown\` | nothing was found to be wrong, and not all of it could be looked at |
| ✗ | \`x\` | \`fatal\` | a rotation does not start |

**At the start.** \`reroot rotate\`, \`reroot mesh adopt --yes\`, and a rotation that starts by itself, make all checks first, and wait for the agents for 5 seconds at the most. A fatal
finding refuses the start with \`RR_PREFLIGHT_FAILED\`, which names the checks. \`--override CHECK=WHY\`, once for each of them, starts all the same; who did
so and why stands in the history of the mesh. A rotation that starts by itself overrides nothing: it is tried again, and the alarm \`PreflightFailed\` says
what keeps it.

**What is not known is never fatal, and never passes.** A fact that an agent could not read, because it lacks a right or because what it asked did not answer,
is shown with the reason; so is a single thing, such as a version that its image does not name, or a variable that a pod takes from another object. Of a
cluster whose agent does not answer at all, or is too old to be asked, \`agent-answers\` says why; each other check that needs it names it in its own
sentence, as \`; not seen: east\`, and what its reports say is judged all the same. The gates of each step wait for what preflight could not see.

**Before an adoption.** \`reroot mesh adopt --yes\` makes the same checks, of the clusters that it brings along too, and takes the same overrides.
\`reroot preflight --adoption\` asks for them; without it that is asked of a mesh in which nobody but clusters from elsewhere is. What an adoption puts
right by itself is no finding there: a CA that istiod has made itself, roots that the mesh never had. What it keeps until the root of the mesh signs
stays as fatal as it is. Each check below says where it differs. A rotation leaves such clusters behind, and looks at none of them.

**Excluded clusters** are not looked at: no rotation waits for them. Where no cluster takes part at all nothing about clusters passes; \`any-member\`
keeps such a rotation from starting, and with that check overridden it is refused with \`RR_ROTATION_NO_MEMBER\`.

**How it is tested.** Each check has one case in which it fails and one, as near to it as there is, in which it passes
([\`check-fixtures.ts\`](../packages/mgmt/src/preflight/testing/check-fixtures.ts)); a test demands both for every check on this page.
Clusters of real servers are looked at too, in order and with two things that are not: [real-tier.md](real-tier.md).
`;

const chapters = checkGroups.map(({ category, checks }) => {
  const sections = checks.map(
    ({ id, severity, passed, failed, why, hint, inAdoption }) => `
### ${id}

**${severity}**

*Passes:* ${passed}.

*Fails:* ${failed}.

*Why:* ${why}.

*What to do:* ${hint}.
${inAdoption === undefined ? '' : `\n*In an adoption:* ${inAdoption}.\n`}`,
  );
  return `\n## ${category}\n${sections.join('')}`;
});

await settleGenerated([{ path: join(repository, 'docs/preflight.md'), content: preface + chapters.join('') }]);
