// Prints what the checks found, and turns it into an exit code.

// One mistake in a template shows on every page; the first lines tell the story.
const MOST_LINES = 100;

/** Prints the problems, one a line, and a count by rule. Returns the exit code. */
export function report(problems, summary) {
  for (const { page, rule, selector, message } of problems.slice(0, MOST_LINES)) {
    console.log(`${page}: [${rule}] ${selector}: ${message}`);
  }
  if (problems.length > MOST_LINES) {
    console.log(`… and ${problems.length - MOST_LINES} more`);
  }
  const counts = new Map();
  for (const { rule } of problems) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  for (const [rule, count] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`  ${count} × ${rule}`);
  console.log(`${summary}: ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

/** Runs a command-line check on the folder named by the first argument. */
export async function runOnFolder(check) {
  const [dir] = process.argv.slice(2);
  if (!dir) {
    console.error(`usage: node ${process.argv[1]} DIR`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = await check(dir);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
