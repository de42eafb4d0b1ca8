import { decodeFeatures } from "../../features";
import { REGISTER_NAMES } from "../names";
