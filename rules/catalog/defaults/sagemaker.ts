import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const API = "https://docs.aws.amazon.com/sagemaker/latest/APIReference";
const network = {
  "networkConfig.enableInterContainerTrafficEncryption": aws(
    false,
    `${API}/API_MonitoringNetworkConfig.html`,
  ),
  "networkConfig.enableNetworkIsolation": aws(false, `${API}/API_MonitoringNetworkConfig.html`),
};

export const sagemaker: ServiceDefaults = {
  "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": network,
  "aws:sagemaker/domain:Domain": { appNetworkAccessType: provider("PublicInternetOnly") },
  "aws:sagemaker/model:Model": { enableNetworkIsolation: aws(false, `${API}/API_CreateModel.html`) },
  "aws:sagemaker/notebookInstance:NotebookInstance": {
    directInternetAccess: provider("Enabled"),
    platformIdentifier: provider("notebook-al2-v3"),
    rootAccess: provider("Enabled"),
  },
};
