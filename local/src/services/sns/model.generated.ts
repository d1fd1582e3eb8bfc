// From botocore 1.44.8, data/sns/2010-03-31 (Apache-2.0). To change it, run projenrc/write-service-models.ts.
import { ServiceModel } from '../../models';

export const MODEL: ServiceModel = {
  operations: {
    Publish: { input: 'PublishInput', errors: ['InvalidParameterException', 'InvalidParameterValueException', 'InternalErrorException', 'NotFoundException', 'EndpointDisabledException', 'PlatformApplicationDisabledException', 'AuthorizationErrorException', 'KMSDisabledException', 'KMSInvalidStateException', 'KMSNotFoundException', 'KMSOptInRequired', 'KMSThrottlingException', 'KMSAccessDeniedException', 'InvalidSecurityException', 'ValidationException'] },
    PublishBatch: { input: 'PublishBatchInput', errors: ['InvalidParameterException', 'InvalidParameterValueException', 'InternalErrorException', 'NotFoundException', 'EndpointDisabledException', 'PlatformApplicationDisabledException', 'AuthorizationErrorException', 'BatchEntryIdsNotDistinctException', 'BatchRequestTooLongException', 'EmptyBatchRequestException', 'InvalidBatchEntryIdException', 'TooManyEntriesInBatchRequestException', 'KMSDisabledException', 'KMSInvalidStateException', 'KMSNotFoundException', 'KMSOptInRequired', 'KMSThrottlingException', 'KMSAccessDeniedException', 'InvalidSecurityException', 'ValidationException'] },
  },
  known: ['AddPermission', 'CheckIfPhoneNumberIsOptedOut', 'ConfirmSubscription', 'CreatePlatformApplication', 'CreatePlatformEndpoint', 'CreateSMSSandboxPhoneNumber', 'CreateTopic', 'DeleteEndpoint', 'DeletePlatformApplication', 'DeleteSMSSandboxPhoneNumber', 'DeleteTopic', 'GetDataProtectionPolicy', 'GetEndpointAttributes', 'GetPlatformApplicationAttributes', 'GetSMSAttributes', 'GetSMSSandboxAccountStatus', 'GetSubscriptionAttributes', 'GetTopicAttributes', 'ListEndpointsByPlatformApplication', 'ListOriginationNumbers', 'ListPhoneNumbersOptedOut', 'ListPlatformApplications', 'ListSMSSandboxPhoneNumbers', 'ListSubscriptions', 'ListSubscriptionsByTopic', 'ListTagsForResource', 'ListTopics', 'OptInPhoneNumber', 'Publish', 'PublishBatch', 'PutDataProtectionPolicy', 'RemovePermission', 'SetEndpointAttributes', 'SetPlatformApplicationAttributes', 'SetSMSAttributes', 'SetSubscriptionAttributes', 'SetTopicAttributes', 'Subscribe', 'TagResource', 'Unsubscribe', 'UntagResource', 'VerifySMSSandboxPhoneNumber'],
  shapes: {
    Binary: { type: 'blob' },
    MessageAttributeMap: { type: 'map', key: 'String', value: 'MessageAttributeValue' },
    MessageAttributeValue: { type: 'structure', members: { DataType: 'String', StringValue: 'String', BinaryValue: 'Binary' }, required: ['DataType'] },
    PhoneNumber: { type: 'string', sensitive: true },
    PublishBatchInput: { type: 'structure', members: { TopicArn: 'topicARN', PublishBatchRequestEntries: 'PublishBatchRequestEntryList' }, required: ['TopicArn', 'PublishBatchRequestEntries'] },
    PublishBatchRequestEntry: { type: 'structure', members: { Id: 'String', Message: 'message', Subject: 'subject', MessageStructure: 'messageStructure', MessageAttributes: 'MessageAttributeMap', MessageDeduplicationId: 'String', MessageGroupId: 'String' }, required: ['Id', 'Message'] },
    PublishBatchRequestEntryList: { type: 'list', member: 'PublishBatchRequestEntry' },
    PublishInput: { type: 'structure', members: { TopicArn: 'topicARN', TargetArn: 'String', PhoneNumber: 'PhoneNumber', Message: 'message', Subject: 'subject', MessageStructure: 'messageStructure', MessageAttributes: 'MessageAttributeMap', MessageDeduplicationId: 'String', MessageGroupId: 'String' }, required: ['Message'] },
    String: { type: 'string' },
    message: { type: 'string' },
    messageStructure: { type: 'string' },
    subject: { type: 'string' },
    topicARN: { type: 'string' },
  },
};
