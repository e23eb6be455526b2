/** What no rule of the linter can say: a plugin of its own (`.oxlintrc.json`). */

/** `new Date()` reads the clock; `Date.now` and the rest are named in the configuration. */
const noClock = {
  create: (context) => ({
    NewExpression: (node) => {
      if (node.callee.type !== "Identifier" || node.callee.name !== "Date" || node.arguments.length > 0)
        return;
      context.report({ node, message: "rules/ has no clock: take the day as a parameter." });
    },
  }),
};

export default { meta: { name: "project" }, rules: { "no-clock": noClock } };
