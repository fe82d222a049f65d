// Makes what a deployment needs, or finds it: each step may be repeated.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createBucket, createDatabase, findDatabase, hasBucket } from "../cloudflare/storage.ts";
import { deploy } from "../deploy/deploy.ts";
import { deploymentPath, secretsPath } from "../deploy/deployment-file.ts";
import type { Step } from "./context.ts";
import { makeSecrets, missingSecrets, withSecretsFile } from "./secrets.ts";

/** After the looks: whoever is told of a taken name is asked for another one the next time. */
export const file: Step = {
  name: "Answers",
  async run({ deployment, text, isDry }) {
    const path = deploymentPath(deployment.name);
    if (text === undefined) return `They are in ${path}.`;
    if (isDry) return `Would write them into ${path}.`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return `Wrote them into ${path}; git ignores it.`;
  },
};

export const database: Step = {
  name: "Database",
  async run({ deployment, tools: { account }, isDry }) {
    const { database: name } = deployment.names;
    if (await findDatabase(account, name)) return `Found the D1 database ${name}.`;
    if (isDry) return `Would make the D1 database ${name}.`;
    await createDatabase(account, name);
    return `Made the D1 database ${name}.`;
  },
};

export const bucket: Step = {
  name: "Bucket",
  async run({ deployment, tools: { account }, isDry }) {
    const { bucket: name } = deployment.names;
    if (await hasBucket(account, name)) return `Found the R2 bucket ${name}; what is in it stays.`;
    if (isDry) return `Would make the R2 bucket ${name}.`;
    await createBucket(account, name);
    return `Made the R2 bucket ${name}.`;
  },
};

export const secrets: Step = {
  name: "Secrets",
  async run(context) {
    const missing = await missingSecrets(context);
    const path = secretsPath(context.deployment.name);
    if (missing.length === 0) return "The Worker has its secrets; they are left alone.";
    if (context.isDry) return `Would make ${missing.join(" and ")} and keep them in ${path}, for you alone.`;
    makeSecrets(context, missing);
    return `${missing.join(" and ")} are in ${path}, for you alone; they go up with the Worker.`;
  },
};

export const workers: Step = {
  name: "Deploy",
  async run(context) {
    const { deployment, tools, isDry } = context;
    if (isDry) return "Would migrate the database, then deploy: first the pictures' Worker, then the API's.";
    const missing = await missingSecrets(context);
    const release = await withSecretsFile(deployment.name, missing, (secretsFile) =>
      deploy(deployment, tools, secretsFile === undefined ? {} : { secretsFile }),
    );
    return `Release ${release.name} is up.`;
  },
};
