namespace AutomationCrm.Bpmn.Parsing;

/// <summary>What becomes of each element of the BPMN namespace. The three lists together are the schema; a test walks it.</summary>
internal static class Vocabulary
{
    /// <summary>Parts of executed elements: what they wait for, compute, repeat or carry.</summary>
    private static readonly HashSet<string> Parts = Split("""
        definitions process sequenceFlow conditionExpression dataObject dataObjectReference property dataStore dataStoreReference
        messageEventDefinition signalEventDefinition timerEventDefinition conditionalEventDefinition errorEventDefinition escalationEventDefinition
        compensateEventDefinition cancelEventDefinition terminateEventDefinition linkEventDefinition eventDefinitionRef
        message signal error escalation timeDate timeDuration timeCycle condition script loopCondition activationCondition completionCondition
        standardLoopCharacteristics multiInstanceLoopCharacteristics loopCardinality loopDataInputRef loopDataOutputRef inputDataItem outputDataItem
        complexBehaviorDefinition event loopMaximum ioSpecification dataInput dataOutput dataInputAssociation dataOutputAssociation
        sourceRef targetRef transformation assignment from to association extensionElements formalExpression expression
        interface operation operationRef inMessageRef globalTask globalUserTask globalManualTask globalBusinessRuleTask
        potentialOwner humanPerformer resourceAssignmentExpression resourceRef resource
        """);

    /// <summary>Drawing, documentation, types and agreements between people: nothing runs differently without them.</summary>
    private static readonly HashSet<string> Described = Split("""
        documentation text textAnnotation group category categoryValue categoryValueRef laneSet childLaneSet lane flowNodeRef partitionElement artifact
        collaboration participant participantRef participantMultiplicity participantAssociation innerParticipantRef outerParticipantRef
        messageFlow messageFlowRef messageFlowAssociation partnerEntity partnerRole endPoint endPointRef interfaceRef
        conversation subConversation callConversation globalConversation conversationNode conversationLink conversationAssociation
        choreographyRef innerConversationNodeRef outerConversationNodeRef innerMessageFlowRef outerMessageFlowRef
        itemDefinition import extension dataState inputSet outputSet dataInputRefs dataOutputRefs inputSetRefs outputSetRefs optionalInputRefs optionalOutputRefs
        incoming outgoing source target supports supportedInterfaceRef auditing monitoring rendering relationship resourceParameter resourceRole performer
        baseElement rootElement baseElementWithMixedContent flowElement flowNode activity catchEvent throwEvent eventDefinition callableElement
        dataAssociation loopCharacteristics gateway outMessageRef errorRef signalRef messageRef
        """);

    /// <summary>What would change the run and is not offered, with what to do instead.</summary>
    private static readonly Dictionary<string, string> RefusedNames = new(StringComparer.Ordinal)
    {
        ["choreography"] = Choreography,
        ["globalChoreographyTask"] = Choreography,
        ["choreographyTask"] = Choreography,
        ["subChoreography"] = Choreography,
        ["callChoreography"] = Choreography,
        ["choreographyActivity"] = Choreography,
        ["correlationSubscription"] = Correlation,
        ["correlationKey"] = Correlation,
        ["correlationProperty"] = Correlation,
        ["correlationPropertyRef"] = Correlation,
        ["correlationPropertyBinding"] = Correlation,
        ["correlationPropertyRetrievalExpression"] = Correlation,
        ["messagePath"] = Correlation,
        ["dataPath"] = Correlation,
        ["globalScriptTask"] = "A script that several processes share cannot be called; write it into a script task of each process.",
        ["ioBinding"] = "A process cannot be bound to operations of an interface; start it with a message start event.",
        ["whileExecutingInputRefs"] = "An activity takes its inputs when it begins, not while it runs; use an event sub-process to take in something later.",
        ["whileExecutingOutputRefs"] = "An activity gives its outputs when it ends, not while it runs; set a variable of the process instead.",
        ["resourceParameterBinding"] = "People are not looked up by parameters; name the assignees directly.",
        ["implicitThrowEvent"] = "An event without a place in the flow cannot be run; use a throw event.",
    };

    private const string Choreography = "A choreography says what several organisations do and cannot be run; draw the part of this organisation as a process.";
    private const string Correlation = "Correlation by keys of the diagram is not computed; give the message event the attribute crm:correlationKey.";

    public static bool IsExecuted(string name) => ElementReaders.Find(name) is not null || Parts.Contains(name);

    public static bool IsDescriptive(string name) => Described.Contains(name);

    /// <summary>Why the element is refused, or null when it is not.</summary>
    public static string? Refusal(string name) => RefusedNames.TryGetValue(name, out var reason) ? reason
        : IsExecuted(name) || IsDescriptive(name) ? null
        : $"The element <{name}> cannot be run.";

    public static IEnumerable<string> Names => ElementReaders.Names.Concat(Parts).Concat(Described).Concat(RefusedNames.Keys).Distinct(StringComparer.Ordinal);

    private static HashSet<string> Split(string names) => new(names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
