/** What the function of a control is written with. It needs the clients of the AWS SDK, which Lambda's runtimes have. */
export * from "../rules/lambda";
