const pulumi = require("@pulumi/pulumi");

// Resources without the AWS SDK, which would take most of the time of the test.
const parent = new pulumi.ComponentResource("example:index:Volumes", "volumes");
for (const name of ["one", "two", "three", "four", "five"]) {
  const inputs = { availabilityZone: "us-east-1a", size: 8, encrypted: name !== "five" };
  new pulumi.CustomResource("aws:ebs/volume:Volume", name, inputs, { parent });
}

// An id is known only after the deployment.
const encrypted = new pulumi.CustomResource("aws:kms/key:Key", "key", {}, { parent }).id.apply(() => true);
new pulumi.CustomResource("aws:ebs/volume:Volume", "six", { size: 8, encrypted }, { parent });
