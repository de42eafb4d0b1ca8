import { featureName } from "../../features";
import type { Advised, BranchAdvice, FeatureAdvice } from "../../guest/advice/advise";
import { BRANCHES_AS_OF } from "../../guest/advice/branches";
import type { HostSwitch } from "../../guest/advice/hostSwitches";
import { hex64 } from "../../text/u64";
import type { Json } from "../render/json";
import { bugJson } from "../render/json";

/** The key `advice` of `check --advise`. All masks are in SEV_STATUS bit positions. */
export function adviceJson(advised: Advised): Json {
  const { lacking, missing, bugs, branches, features, clearable } = advised;
  return {
    lacking: hex64(lacking),
    missing: hex64(missing),
    asOf: BRANCHES_AS_OF,
    branches: branches.map(branchJson),
    features: features.map(featureJson),
    clearable: hex64(clearable),
    changesMeasurement: clearable !== 0n,
    bugs: bugs.map(bugJson),
  };
}

function branchJson({ branch, from, lowest, needsSecureAvic }: BranchAdvice): Json {
  return {
    branch: `${branch.branch}.y`,
    kind: branch.kind,
    until: branch.until,
    from,
    guest: lowest === null ? null : lowest.id,
    needsSecureAvic,
    verification: lowest === null ? null : lowest.verification,
    source: branch.source,
    sourceVerification: branch.verification,
  };
}

function featureJson({ bit, introduced, switches }: FeatureAdvice): Json {
  return {
    bit,
    name: featureName(bit),
    introduced:
      introduced === null ? null : { release: introduced.release, source: introduced.source },
    switches: switches.map(switchJson),
  };
}

function switchJson(one: HostSwitch): Json {
  const { software, text, kind, clears, releases, effect, source, unverified } = one;
  return {
    software,
    text,
    kind,
    clears: clears.map((bit) => ({ bit, name: featureName(bit) })),
    releases: releases ?? null,
    effect: effect ?? null,
    source,
    unverified: unverified ?? null,
  };
}
