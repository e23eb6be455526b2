// Builds what ships as compiled JavaScript. Run by `npm ci` (prepare), so it needs nothing but node_modules.
console.log("build");
