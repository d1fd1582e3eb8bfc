// From botocore 1.44.8, data/secretsmanager/2017-10-17 (Apache-2.0). To change it, run projenrc/write-service-models.ts.
import { ServiceModel } from '../../models';

export const MODEL: ServiceModel = {
  operations: {
    CreateSecret: { input: 'CreateSecretRequest', errors: ['InvalidParameterException', 'InvalidRequestException', 'LimitExceededException', 'EncryptionFailure', 'ResourceExistsException', 'ResourceNotFoundException', 'MalformedPolicyDocumentException', 'InternalServiceError', 'PreconditionNotMetException', 'DecryptionFailure'] },
    GetSecretValue: { input: 'GetSecretValueRequest', errors: ['ResourceNotFoundException', 'InvalidParameterException', 'InvalidRequestException', 'DecryptionFailure', 'InternalServiceError'] },
    PutSecretValue: { input: 'PutSecretValueRequest', errors: ['InvalidParameterException', 'InvalidRequestException', 'LimitExceededException', 'EncryptionFailure', 'ResourceExistsException', 'ResourceNotFoundException', 'InternalServiceError', 'DecryptionFailure'] },
  },
  known: ['AssociateCrossAccountReplica', 'BatchGetSecretValue', 'CancelRotateSecret', 'CreateSecret', 'DeleteResourcePolicy', 'DeleteSecret', 'DescribeSecret', 'DisassociateCrossAccountReplica', 'GetRandomPassword', 'GetResourcePolicy', 'GetSecretValue', 'ListResourcePolicies', 'ListSecretVersionIds', 'ListSecrets', 'PutResourcePolicy', 'PutSecretValue', 'RemoveRegionsFromReplication', 'ReplicateSecretToRegions', 'RestoreSecret', 'RotateSecret', 'StopReplicationToReplica', 'TagResource', 'UntagResource', 'UpdateSecret', 'UpdateSecretVersionStage', 'ValidateResourcePolicy'],
  shapes: {
    AddReplicaRegionListType: { type: 'list', member: 'ReplicaRegionType', min: 1 },
    BooleanType: { type: 'boolean' },
    ClientRequestTokenType: { type: 'string', min: 32, max: 64 },
    CreateSecretRequest: { type: 'structure', members: { Name: 'NameType', ClientRequestToken: 'ClientRequestTokenType', Description: 'DescriptionType', KmsKeyId: 'KmsKeyIdType', SecretBinary: 'SecretBinaryType', SecretString: 'SecretStringType', Tags: 'TagListType', AddReplicaRegions: 'AddReplicaRegionListType', ForceOverwriteReplicaSecret: 'BooleanType', Type: 'MedeaTypeType', CrossAccountPrimaryARN: 'SecretARNType' }, required: ['Name'] },
    DescriptionType: { type: 'string', max: 2048 },
    GetSecretValueRequest: { type: 'structure', members: { SecretId: 'SecretIdType', VersionId: 'SecretVersionIdType', VersionStage: 'SecretVersionStageType' }, required: ['SecretId'] },
    KmsKeyIdType: { type: 'string', min: 0, max: 2048 },
    MedeaTypeType: { type: 'string', min: 0, max: 256 },
    NameType: { type: 'string', min: 1, max: 512 },
    PutSecretValueRequest: { type: 'structure', members: { SecretId: 'SecretIdType', ClientRequestToken: 'ClientRequestTokenType', SecretBinary: 'SecretBinaryType', SecretString: 'SecretStringType', VersionStages: 'SecretVersionStagesType', RotationToken: 'RotationTokenType' }, required: ['SecretId'] },
    RegionType: { type: 'string', pattern: '^([a-z]+-)+\\d+$', min: 1, max: 128 },
    ReplicaRegionType: { type: 'structure', members: { Region: 'RegionType', KmsKeyId: 'KmsKeyIdType' } },
    RotationTokenType: { type: 'string', pattern: '^[a-zA-Z0-9\\-]+$', min: 36, max: 256, sensitive: true },
    SecretARNType: { type: 'string', min: 20, max: 2048 },
    SecretBinaryType: { type: 'blob', min: 1, max: 65536, sensitive: true },
    SecretIdType: { type: 'string', min: 1, max: 2048 },
    SecretStringType: { type: 'string', min: 1, max: 65536, sensitive: true },
    SecretVersionIdType: { type: 'string', min: 32, max: 64 },
    SecretVersionStageType: { type: 'string', min: 1, max: 256 },
    SecretVersionStagesType: { type: 'list', member: 'SecretVersionStageType', min: 1, max: 20 },
    Tag: { type: 'structure', members: { Key: 'TagKeyType', Value: 'TagValueType' } },
    TagKeyType: { type: 'string', min: 1, max: 128 },
    TagListType: { type: 'list', member: 'Tag' },
    TagValueType: { type: 'string', min: 0, max: 256 },
  },
};
