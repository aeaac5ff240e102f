<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>ArrivingCard</name>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>and %Ln more</numerusform>
                <numerusform>and %Ln more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CancelQuestion</name>
        <message numerus="yes">
            <source>Cancel %Ln uploads that have begun?</source>
            <translation>
                <numerusform>Cancel %Ln upload that has begun?</numerusform>
                <numerusform>Cancel %Ln uploads that have begun?</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ClosingDialog</name>
        <message numerus="yes">
            <source>%Ln files are still to be sent.</source>
            <translation>
                <numerusform>%Ln file is still to be sent.</numerusform>
                <numerusform>%Ln files are still to be sent.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CrashDialog</name>
        <message numerus="yes">
            <source>%Ln mistakes so far; the first one:</source>
            <translation>
                <numerusform>%Ln mistake so far:</numerusform>
                <numerusform>%Ln mistakes so far; the first one:</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DiagnosisDialog</name>
        <message numerus="yes">
            <source>%Ln things on the way to {name} are to be mended.</source>
            <translation>
                <numerusform>%Ln thing on the way to {name} is to be mended.</numerusform>
                <numerusform>%Ln things on the way to {name} are to be mended.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>%Ln uploads are arriving</source>
            <translation>
                <numerusform>%Ln upload is arriving</numerusform>
                <numerusform>%Ln uploads are arriving</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Notifications</name>
        <message numerus="yes">
            <source>%Ln files are stored on {server}.</source>
            <translation>
                <numerusform>%Ln file is stored on {server}.</numerusform>
                <numerusform>%Ln files are stored on {server}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln files could not be sent</source>
            <translation>
                <numerusform>%Ln file could not be sent</numerusform>
                <numerusform>%Ln files could not be sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProblemText</name>
        <message numerus="yes">
            <source>%Ln things could not be added to the list</source>
            <translation>
                <numerusform>%Ln thing could not be added to the list</numerusform>
                <numerusform>%Ln things could not be added to the list</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>and %Ln more</numerusform>
                <numerusform>and %Ln more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReceiptDialog</name>
        <message numerus="yes">
            <source>%Ln bytes</source>
            <translation>
                <numerusform>%Ln byte</numerusform>
                <numerusform>%Ln bytes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RowWords</name>
        <message numerus="yes">
            <source>%Ln cancelled</source>
            <translation>
                <numerusform>%Ln cancelled</numerusform>
                <numerusform>%Ln cancelled</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln failed</source>
            <translation>
                <numerusform>%Ln failed</numerusform>
                <numerusform>%Ln failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln files</source>
            <translation>
                <numerusform>%Ln file</numerusform>
                <numerusform>%Ln files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ServersDialog</name>
        <message numerus="yes">
            <source>%Ln files wait for it.</source>
            <translation>
                <numerusform>%Ln file waits for it.</numerusform>
                <numerusform>%Ln files wait for it.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SummaryBar</name>
        <message numerus="yes">
            <source>{stored} of %Ln files</source>
            <translation>
                <numerusform>{stored} of %Ln file</numerusform>
                <numerusform>{stored} of %Ln files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{stored} of %Ln files to {server}</source>
            <translation>
                <numerusform>{stored} of %Ln file to {server}</numerusform>
                <numerusform>{stored} of %Ln files to {server}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>WaitingLine</name>
        <message numerus="yes">
            <source>%Ln files wait for {name}</source>
            <translation>
                <numerusform>%Ln file waits for {name}</numerusform>
                <numerusform>%Ln files wait for {name}</numerusform>
            </translation>
        </message>
    </context>
</TS>
